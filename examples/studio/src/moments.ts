/** Days and times as they are said where the studios are. */
import type { Language } from './words'

const ZONE = 'Asia/Shanghai'
const DAY_MS = 86_400_000

export function moment(at: string | null | undefined, language: Language) {
  return at ? new Intl.DateTimeFormat(language, { timeZone: ZONE, dateStyle: 'medium', timeStyle: 'short' }).format(new Date(at)) : ''
}

export function clock(at: string, language: Language) {
  return new Intl.DateTimeFormat(language, { timeZone: ZONE, timeStyle: 'short' }).format(new Date(at))
}

export function weekday(at: string, language: Language) {
  const parts = { timeZone: ZONE, month: 'short', day: 'numeric', weekday: 'short' } as const
  return new Intl.DateTimeFormat(language, parts).format(new Date(at))
}

/** The day of a place's own calendar, so many days from now. */
export function day(offset: number) {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE }).format(Date.now() + offset * DAY_MS)
}

import { useLanguage, useWords } from '../words'

export interface Figure { label: string; value: string | null; hint?: string }

/** Numbers with their names; what could not be read is a dash. */
export function Figures({ of, label }: { of: Figure[]; label?: string }) {
  return (
    <dl className="figures" aria-label={label}>
      {of.map(({ label, value, hint }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value ?? '–'}{hint && <small>{hint}</small>}</dd>
        </div>
      ))}
    </dl>
  )
}

type Maybe = number | null | undefined

/** Numbers as they are written in the reader's language. */
export function useNumbers() {
  const language = useLanguage()
  const words = useWords()
  const written = (value: Maybe, options?: Intl.NumberFormatOptions) =>
    value == null ? null : new Intl.NumberFormat(language, options).format(value)
  return {
    count: (value: Maybe) => written(value),
    rating: (value: Maybe) => written(value, { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
    share: (value: Maybe) => written(value, { style: 'percent', maximumFractionDigits: 0 }),
    change: (value: Maybe) => written(value, { style: 'percent', maximumFractionDigits: 0, signDisplay: 'exceptZero' }),
    duration: (minutes: Maybe) =>
      minutes == null ? null : minutes < 90 ? words.minutes(minutes) : words.hours(written(minutes / 60, { maximumFractionDigits: 1 }) ?? ''),
  }
}

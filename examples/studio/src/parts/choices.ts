/** The values of an enum, by the words there are for them. */
export const keys = <Key extends string>(words: Record<Key, string>) => Object.keys(words) as Key[]

/** What an address or a form says, if it is one of them. */
export function known<Key extends string>(words: Record<Key, string>, value: unknown) {
  return keys(words).find((key) => key === value)
}

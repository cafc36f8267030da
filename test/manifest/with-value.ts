/** A copy of a value with another one at a path such as `features.slash_commands.0.url`. */
export const withValue = <T>(from: T, path: string, value: unknown): T => {
  const copy = structuredClone(from)
  const keys = path.split('.')
  const parent = keys.slice(0, -1).reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], copy)
  Object.assign(parent as object, { [keys.at(-1)!]: value })
  return copy
}

/** What is whole in the beginning of a JSON text: it is cut behind the last object or list that has ended, and closed. Undefined when there is none. */
export const begunJson = (text: string): unknown => {
  const from = text.indexOf('{')
  if (from < 0) return undefined
  const found = lastEnd(text, from)
  if (!found) return undefined
  try {
    return JSON.parse(text.slice(from, found.at) + found.closing)
  } catch {
    return undefined
  }
}

/** Where the last object or list ends, and what closes those around it. */
const lastEnd = (text: string, from: number): { at: number; closing: string } | undefined => {
  const open: string[] = []
  let found: { at: number; closing: string } | undefined
  let within = false
  for (let i = from; i < text.length; i++) {
    const sign = text[i]
    if (within) {
      if (sign === '\\') i += 1
      else if (sign === '"') within = false
    } else if (sign === '"') within = true
    else if (sign === '{') open.push('}')
    else if (sign === '[') open.push(']')
    else if (sign === '}' || sign === ']') {
      if (open.pop() !== sign) return undefined
      found = { at: i + 1, closing: open.toReversed().join('') }
      if (open.length === 0) return found
    }
  }
  return found
}

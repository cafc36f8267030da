import type { DiagramChart } from '#src/vocabulary/chart.ts'

/** Boxes and arrows, as a language model or a person wrote them. */
export type Drawn = Pick<DiagramChart, 'nodes' | 'edges'>

/** A text is as long as forty boxes and their arrows need. */
export const limits = { text: 8000, nodes: 40, edges: 80, label: 60 } as const

/**
 * Reads the part of Mermaid that we draw: flowcharts, state and entity relationship diagrams (https://mermaid.js.org/intro/syntax-reference.html). A
 * text is data: links, clicks, HTML, styles and directives are refused, and nothing of it is run. `problem` says why there is nothing to draw.
 */
export const readMermaid = (text: string): Drawn | { problem: string } => {
  if (text.length > limits.text) return { problem: `It is longer than ${limits.text} characters.` }
  const [head = '', ...lines] = statementsOf(text)
  const kind = kindOf(head)
  if (!kind) return { problem: 'It does not begin with flowchart, graph, stateDiagram or erDiagram.' }
  const forbidden = lines.find(line => refused.test(line))
  if (forbidden !== undefined) return { problem: `It holds what is not drawn: ${forbidden.slice(0, 40)}` }
  const drawing: Drawing = { nodes: new Map(), edges: [] }
  for (const line of kind === 'er' ? withoutBlocks(lines) : lines) {
    if (ignored.test(line)) continue
    const read = kind === 'er' ? readRelation(line, drawing) : readFlow(line, drawing)
    if (!read) return { problem: `It has a line that is not understood: ${line.slice(0, 40)}` }
  }
  return checked(drawing)
}

type Drawing = { nodes: Map<string, string>; edges: Drawn['edges'] }

const statementsOf = (text: string): string[] =>
  text
    .replace(/^\s*```(?:mermaid)?|```\s*$/g, '')
    .split(/[\n;]/)
    .map(line => line.trim())
    .filter(line => line !== '' && !/^%%(?!\{)/.test(line))

const kindOf = (head: string): 'flow' | 'er' | undefined => {
  if (/^(flowchart|graph)(\s+(TB|TD|BT|LR|RL))?$/.test(head) || /^stateDiagram(-v2)?$/.test(head)) return 'flow'
  return head === 'erDiagram' ? 'er' : undefined
}

const refused = /^(click|href|style|classDef|class|linkStyle|call|accTitle|%%\{)\b|^%%\{|https?:|javascript:|:::|@\{/i
const ignored = /^(direction\s+\w+|subgraph\b.*|end|state\s+"[^"]*"\s+as\s+.*\{?|\})$/

const checked = ({ nodes, edges }: Drawing): Drawn | { problem: string } => {
  if (nodes.size === 0) return { problem: 'It has no boxes.' }
  if (nodes.size > limits.nodes) return { problem: `It has more than ${limits.nodes} boxes.` }
  if (edges.length > limits.edges) return { problem: `It has more than ${limits.edges} arrows.` }
  const labels = [...nodes.values(), ...edges.map(e => e.label ?? '')]
  if (labels.some(label => /[<>]|&\w+;/.test(label))) return { problem: 'It has markup in a label.' }
  return { nodes: [...nodes].map(([id, label]) => ({ id, label: cut(label) })), edges: edges.map(short) }
}

const short = ({ label, ...edge }: Drawn['edges'][number]) => (label ? { ...edge, label: cut(label) } : edge)

const cut = (label: string) =>
  [...label].length > limits.label ? `${[...label].slice(0, limits.label - 1).join('')}…` : label

/** `A[Label] -->|yes| B & C --> D`, `Draft --> Sent : by mail`; a box alone too. */
const readFlow = (line: string, drawing: Drawing): boolean => {
  const [, body = line, after] = /^(.*?-->.*?[^:])\s*:\s*([^:]+)$/.exec(line) ?? []
  const pieces = body.split(arrow)
  // Between two boxes stand the three places where a split arrow has its label.
  const groups = pieces.filter((_, i) => i % 4 === 0).map(piece => boxesIn(piece))
  if (groups.some(group => group === undefined || group.length === 0)) return false
  // The same sign stands for where it starts and where it ends.
  for (const box of groups.slice(1).flatMap(group => group ?? [])) if (box.id === '[*]') box.id = end
  for (const box of groups.flatMap(group => group ?? [])) note(box, drawing)
  groups.slice(1).forEach((group = [], i) => {
    const label = [pieces[i * 4 + 1], pieces[i * 4 + 2], pieces[i * 4 + 3], after].find(Boolean)?.trim()
    for (const from of groups[i] ?? [])
      for (const to of group) drawing.edges.push({ from: from.id, to: to.id, ...(label && { label: plain(label) }) })
  })
  return true
}

const arrow =
  /\s*(?:(?:--|==)\s+([^-=|>][^|>]*?)\s+(?:--|==)[->]?>?|-\.\s*([^|>]*?)\s*\.->|<?(?:-{2,}|={2,}|-\.+-)[->ox]?)(?:\s*\|([^|]*)\|)?\s*/

type Box = { id: string; label?: string }

const boxesIn = (text: string): Box[] | undefined => {
  const boxes = text
    .split(/\s+&\s+/)
    .map(piece => /^([\p{L}\p{N}_.-]+|\[\*\])\s*(?:[[({>/\\]+\s*("[^"]*"|[^"]*?)\s*[\])}/\\]+)?$/u.exec(piece.trim()))
  if (boxes.some(box => box === null)) return undefined
  return boxes.flatMap(box => (box?.[1] ? [{ id: box[1], ...(box[2] && { label: plain(box[2]) }) }] : []))
}

const plain = (label: string) =>
  label
    .replace(/^"|"$/g, '')
    .replace(/<br\s*\/?>|\\n/gi, ' ')
    .replace(/\s+/g, ' ')
    .trim()

const end = '[*] end'
const special: Record<string, string> = { '[*]': 'Start', [end]: 'End' }

const note = ({ id, label }: Box, { nodes }: Drawing): void => {
  if (label || !nodes.has(id)) nodes.set(id, label || nodes.get(id) || (special[id] ?? id.replaceAll('_', ' ')))
}

/** `CUSTOMER ||--o{ ORDER : places` */
const readRelation = (line: string, drawing: Drawing): boolean => {
  const [, from, , to, label] =
    /^([\p{L}\p{N}_-]+)\s+([|}o]{1,2}(?:--|\.\.)[|{o]{1,2})\s+([\p{L}\p{N}_-]+)(?:\s*:\s*(.+))?$/u.exec(line) ?? []
  if (!from || !to) {
    if (!/^[\p{L}\p{N}_-]+$/u.test(line)) return false
    note({ id: line }, drawing)
    return true
  }
  for (const id of [from, to]) note({ id }, drawing)
  drawing.edges.push({ from, to, ...(label && { label: plain(label) }) })
  return true
}

/** Columns of an entity stand in braces below its name; they are not drawn. */
const withoutBlocks = (lines: readonly string[]): string[] => {
  let inside = false
  return lines.flatMap(line => {
    if (inside) {
      inside = line !== '}'
      return []
    }
    inside = line.endsWith('{')
    return [line.replace(/\s*\{$|\s*\{[^}]*\}$/, '')]
  })
}

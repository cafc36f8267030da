import { actions, card as cardShape, elements, inlines, type Shape, values } from './card-elements.ts'
import { imageProblem } from './check-images.ts'
import type { Json } from './world.ts'

/**
 * What is wrong with an Adaptive Card, as Teams would take it: a sentence each, with the place. Written from the platform's pages, not
 * from what the product sends.
 */
export const checkCard = (card: unknown): string[] => {
  const problems: string[] = []
  const ids = new Set<string>()
  visitCard(card, { path: 'card', ids, say: problem => problems.push(problem) })
  return problems
}

type Visit = { path: string; ids: Set<string>; say: (problem: string) => void }

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

const visitCard = (value: unknown, visit: Visit) => {
  const { path, say } = visit
  if (!isObject(value)) return say(`${path}: is not an object`)
  if (value.type !== 'AdaptiveCard') return say(`${path}: type is not AdaptiveCard`)
  // Teams supports up to 1.5: https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-reference#adaptive-card
  const version = value.version ?? (path === 'card' ? undefined : '1.5')
  if (!/^1\.[0-5]$/.test(String(version))) say(`${path}: version ${version}, only up to 1.5 is shown`)
  if (!isFilled(value.body) && !isFilled(value.actions)) say(`${path}: has neither body nor actions`)
  visitShape(value, cardShape, { ...visit, path: path === 'card' ? '' : path })
  checkRefresh(value.refresh, visit)
}

const isFilled = (value: unknown) => Array.isArray(value) && value.length > 0

const visitShape = (value: Json, shape: Shape, visit: Visit) => {
  const { path, say } = visit
  for (const name of shape.needs) if (value[name] === undefined) say(`${path}: ${value.type} needs ${name}`)
  for (const name of Object.keys(value)) if (!shape.may.has(name)) say(`${path}: ${value.type} has no ${name}`)
  for (const [name, allowed] of Object.entries(values)) checkValue(value, { name, allowed }, visit)
  checkId(value, visit)
  for (const [name, holds] of Object.entries(shape.holds)) {
    if (value[name] === undefined) continue
    const list = holds.many ? value[name] : [value[name]]
    if (!Array.isArray(list)) {
      say(`${path}: ${name} is not a list`)
      continue
    }
    list.forEach((child, index) => {
      visitChild(child, holds, { ...visit, path: place(path, holds.many ? `${name}[${index}]` : name) })
    })
  }
}

const place = (path: string, step: string) => (path === '' ? step : `${path}.${step}`)

const checkValue = (value: Json, rule: { name: string; allowed: ReadonlySet<string> }, { path, say }: Visit) => {
  const given = value[rule.name]
  if (typeof given === 'string' && !rule.allowed.has(given.toLowerCase())) say(`${path}: ${rule.name} is "${given}"`)
}

const checkId = ({ id }: Json, { path, ids, say }: Visit) => {
  if (id === undefined) return
  if (typeof id !== 'string' || id === '') return say(`${path}: id is not a text`)
  if (ids.has(id)) say(`${path}: id "${id}" is used twice`)
  ids.add(id)
}

const visitChild = (child: unknown, holds: Shape['holds'][string], visit: Visit) => {
  if (holds.kind === 'card') return visitCard(child, visit)
  if (holds.kind === 'inline' && typeof child === 'string') return
  if (!isObject(child)) return visit.say(`${visit.path}: is not an object`)
  const type = child.type === undefined && holds.type ? holds.type : String(child.type)
  if (holds.type && type !== holds.type)
    return visit.say(`${visit.path}: is ${type}, only ${holds.type} may stand here`)
  const shape = shapesOf(holds.kind)[type]
  if (!shape) return visitUnknown(child, holds, visit)
  visitShape({ ...child, type }, shape, visit)
  visitFallback(child, holds, visit)
  special[type]?.(child, visit)
}

const shapesOf = (kind: Shape['holds'][string]['kind']) =>
  kind === 'action' ? actions : kind === 'inline' ? inlines : elements

/** An unknown element is fine only when its fallback is known. */
const visitUnknown = (child: Json, holds: Shape['holds'][string], visit: Visit) => {
  if (child.fallback === undefined) return visit.say(`${visit.path}: unknown ${holds.kind} ${child.type}`)
  visitFallback(child, holds, visit)
}

const visitFallback = ({ fallback }: Json, holds: Shape['holds'][string], visit: Visit) => {
  if (fallback === undefined || fallback === 'drop') return
  // Only one of an element and its fallback is ever shown: ids of the two may be the same.
  visitChild(fallback, holds, { ...visit, path: `${visit.path}.fallback`, ids: new Set() })
}

const isTexts = (value: unknown, ...names: string[]) =>
  isObject(value) && names.every(name => typeof value[name] === 'string' && value[name] !== '')

const each = (list: unknown, visit: Visit, check: (item: unknown) => string | undefined) => {
  if (!Array.isArray(list)) return visit.say(`${visit.path}: is not a list`)
  list.forEach((item, index) => {
    const problem = check(item)
    if (problem) visit.say(`${visit.path}[${index}]: ${problem}`)
  })
}

const checkText = ({ text }: Json, { path, say }: Visit) => {
  if (typeof text !== 'string') say(`${path}: text is not a text`)
}

const checkImage = ({ url }: Json, { path, say }: Visit) => {
  const problem = imageProblem(url)
  if (problem) say(`${path}: the picture ${problem}`)
}

const checkUrl = ({ url }: Json, { path, say }: Visit) => {
  const protocol = URL.canParse(String(url)) ? new URL(String(url)).protocol : ''
  if (!['https:', 'mailto:', 'tel:', 'sip:'].includes(protocol)) say(`${path}: url does not open anything safe`)
}

const checkData = ({ data }: Json, { path, say }: Visit) => {
  if (data !== undefined && !isObject(data) && typeof data !== 'string') say(`${path}: data is neither object nor text`)
}

const checkTable = (table: Json, { path, say }: Visit) => {
  const columns = Array.isArray(table.columns) ? table.columns.length : 0
  if (columns === 0) say(`${path}: Table needs columns`)
  const rows = Array.isArray(table.rows) ? (table.rows as Json[]) : []
  rows.forEach(({ cells }, index) => {
    if (Array.isArray(cells) && cells.length > columns)
      say(`${path}.rows[${index}]: ${cells.length} cells for ${columns} columns`)
  })
}

const checkCells = (key: string) => (value: Json, visit: Visit) =>
  each(value[key], { ...visit, path: `${visit.path}.${key}` }, item =>
    isObject(item) ? undefined : 'is not an object',
  )

const special: Record<string, (value: Json, visit: Visit) => void> = {
  TextBlock: checkText,
  TextRun: checkText,
  Image: checkImage,
  ImageRun: checkImage,
  FactSet: ({ facts }, visit) =>
    each(facts, { ...visit, path: `${visit.path}.facts` }, fact =>
      isTexts(fact, 'title', 'value') ? undefined : 'needs title and value as text',
    ),
  'Input.ChoiceSet': ({ choices }, visit) =>
    each(choices ?? [], { ...visit, path: `${visit.path}.choices` }, choice =>
      isTexts(choice, 'title', 'value') ? undefined : 'needs title and value as text',
    ),
  Table: checkTable,
  'Action.OpenUrl': checkUrl,
  'Action.Execute': checkData,
  'Action.Submit': checkData,
  ...Object.fromEntries(
    Object.keys(elements)
      .filter(type => type.startsWith('Chart.') && type !== 'Chart.Gauge')
      .map(type => [type, checkCells('data')]),
  ),
}

/** A card refreshes itself for 60 people at most. https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/universal-actions-for-adaptive-cards/user-specific-views */
const checkRefresh = (refresh: unknown, { path, say }: Visit) => {
  if (refresh === undefined) return
  if (!isObject(refresh) || !isObject(refresh.action) || refresh.action.type !== 'Action.Execute')
    return say(`${path}: refresh needs an Action.Execute`)
  if (Array.isArray(refresh.userIds) && refresh.userIds.length > 60) say(`${path}: refresh is for more than 60 people`)
}

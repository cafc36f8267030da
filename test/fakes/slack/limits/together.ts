import { isObject } from '../arguments.ts'
import type { Json } from '../world.ts'
import type { Check } from './shape.ts'
import { charactersIn } from './tables.ts'

/** Most characters in all markdown blocks of a payload, in all data tables, and most charts in a message (https://github.com/vercel/chat/pull/696). */
const longestMarkdown = 12_000
const longestTables = 20_000
const mostCharts = 2

/** What holds for all blocks of a payload together. Gives the places of its tables, those in containers too. */
export const togetherness = (blocks: unknown[], at: string, { report }: Check): { tables: string[] } => {
  const placed = withPlaces(blocks, at)
  const ofType = (type: string) => placed.filter(({ block }) => block.type === type)
  const markdown = ofType('markdown')
  if (sumOf(markdown, block => String(block.text ?? '').length) > longestMarkdown && markdown.length > 1)
    report(`must be less than ${longestMarkdown + 1} characters`, `${markdown.at(-1)?.at}/text`)
  const dataTables = ofType('data_table')
  if (sumOf(dataTables, block => charactersIn(block.rows)) > longestTables)
    report(`must be less than ${longestTables + 1} characters`, `${dataTables.at(-1)?.at}/rows`)
  const charts = ofType('data_visualization')
  if (charts.length > mostCharts)
    report(`no more than ${mostCharts} data_visualization blocks allowed`, charts[mostCharts]?.at ?? at)
  twice(
    placed.map(({ block, at }) => ({ id: block.block_id, at: `${at}/block_id` })),
    'block_id',
    report,
  )
  for (const { block, at } of placed) twice(actionsIn(block, at), 'action_id', report)
  return { tables: [...ofType('table'), ...dataTables].map(({ at }) => at) }
}

/**
 * How much of a message's size blocks take: their JSON, with `&`, `<` and `>` as the entities that Slack stores; of a table the texts in its cells,
 * of a data table nothing, for it has a limit of its own. Slack says nowhere how it counts: 13,297 characters of markdown alone were too much, and
 * so were 11,341 in many small elements (https://github.com/slackapi/bolt-js/issues/2509, https://github.com/slackapi/bolt-js/issues/2867).
 */
export const weightOf = (blocks: unknown[]): number =>
  blocks.reduce((sum: number, block) => {
    if (isObject(block) && block.type === 'data_table') return sum
    if (isObject(block) && block.type === 'table') return sum + charactersIn(block.rows)
    const json = JSON.stringify(block)
    return sum + json.length + 4 * (json.match(/&/g)?.length ?? 0) + 3 * (json.match(/[<>]/g)?.length ?? 0)
  }, 0)

type Placed = { block: Json; at: string }

const withPlaces = (blocks: unknown[], at: string): Placed[] =>
  blocks.flatMap((block, i) => {
    if (!isObject(block)) return []
    const inside = Array.isArray(block.child_blocks) ? withPlaces(block.child_blocks, `${at}/${i}/child_blocks`) : []
    return [{ block, at: `${at}/${i}` }, ...inside]
  })

const sumOf = (placed: Placed[], count: (block: Json) => number) =>
  placed.reduce((sum, { block }) => sum + count(block), 0)

const actionsIn = (value: unknown, at: string): { id: unknown; at: string }[] => {
  if (Array.isArray(value)) return value.flatMap((each, i) => actionsIn(each, `${at}/${i}`))
  if (!isObject(value)) return []
  const own = 'action_id' in value ? [{ id: value.action_id, at: `${at}/action_id` }] : []
  const inside = Object.entries(value).filter(([name]) => name !== 'child_blocks')
  return [...own, ...inside.flatMap(([name, part]) => actionsIn(part, `${at}/${name}`))]
}

const twice = (ids: { id: unknown; at: string }[], name: string, report: Check['report']) => {
  const seen = new Set<unknown>()
  for (const { id, at } of ids) {
    if (id !== undefined && seen.has(id)) report(`\`${name}\` "${id}" already exists`, at)
    seen.add(id)
  }
}

import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Use } from './complete.ts'

const pricesSchema = z.array(
  z.strictObject({
    model: z.string().min(1),
    input: z.number().min(0),
    cached: z.number().min(0),
    output: z.number().min(0),
  }),
)

/** US dollars for a million tokens, by the beginning of a model's name. */
export type Prices = z.infer<typeof pricesSchema>

export const loadPrices = async (): Promise<Prices> =>
  pricesSchema.parse(parse(await readFile(new URL('../../../prompts/prices.yaml', import.meta.url), 'utf8')))

/** US dollars of a call; undefined when nobody knows what the model costs. */
export const costOf = ({ model, input, cached, output }: Omit<Use, 'cost'>, prices: Prices): number | undefined => {
  const price = prices.filter(p => model.startsWith(p.model)).toSorted((a, b) => b.model.length - a.model.length)[0]
  return price && ((input - cached) * price.input + cached * price.cached + output * price.output) / 1_000_000
}

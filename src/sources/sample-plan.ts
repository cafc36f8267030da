import { rolesSchema } from '../access/schema.ts'
import { modelPath } from '../open.ts'
import { sampleNames } from '../sample/sample.ts'
import { readModel } from '../semantic/load.ts'
import type { Plan } from './plan.ts'

/** What there is when no file says anything: the samples, the shop first. */
export const samplePlan = async (): Promise<Plan> => {
  const models = await Promise.all(sampleNames.map(async name => ({ name, model: await readModel(modelPath(name)) })))
  return {
    default: 'ecommerce',
    sources: new Map(sampleNames.map(name => [name, { kind: 'sample', sample: name }])),
    domains: new Map(models.map(({ name, model }) => [name, { name, source: name, model }])),
    settings: { roles: rolesSchema.parse({}), rooms: {} },
  }
}

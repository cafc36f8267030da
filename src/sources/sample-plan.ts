import { rolesSchema } from '../access/schema.ts'
import { modelPath } from '../open.ts'
import { readModel } from '../semantic/load.ts'
import type { Plan } from './plan.ts'

/** What there is when no file says anything: the sample shop. */
export const samplePlan = async (): Promise<Plan> => {
  const name = 'ecommerce'
  const model = await readModel(modelPath(name))
  return {
    default: name,
    sources: new Map([[name, { kind: 'sample', sample: name }]]),
    domains: new Map([[name, { name, source: name, model }]]),
    settings: { roles: rolesSchema.parse({}), rooms: {} },
  }
}

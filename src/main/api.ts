import type { Logger } from 'pino'
import { jsonLine, toJson } from '#handlers/cli/json.ts'
import { apiPaths, createApi } from '#handlers/http/api.ts'
import { type ApiListener, createApiListener } from '#handlers/http/api-listener.ts'
import { createDocs } from '#handlers/http/docs.ts'
import { late } from '#handlers/http/late.ts'
import type { Ask } from '../ask.ts'
import { createAskQuery } from '../ask-query.ts'
import type { Config } from '../config.ts'
import type { Effects } from '../effects.ts'
import { supportAnalytics } from '../kpis/support/analytics.ts'
import type { ClassifyByKey } from '../kpis/support/classify.ts'
import { nearest } from '../semantic/near.ts'
import type { Sights } from '../sights.ts'
import { version } from './settings.ts'

type Parts = { sights: Sights; ask: Ask; classify: ClassifyByKey; config: Config; log: Logger }

/** The API that only reads: on this machine, and for others where a host is set. The key sees what whoever sits at the machine sees. */
export const openApi = (
  { sights, ask, classify, config, log }: Parts,
  effects: Effects,
): { reads: ReturnType<typeof createDocs>[]; listener?: ApiListener } => {
  const report = (err: unknown, path: string) => {
    const incident = effects.newId()
    log.error({ err, path, incident }, 'api')
    return incident
  }
  // The logs are opened by the first who asks for them.
  const make = async () => {
    const support = await sights.find('support', {}).catch(() => undefined)
    return createApi(
      {
        ...(support && {
          analytics: {
            ...supportAnalytics({
              log: { zone: support.model.zone, run: support.runOurs },
              classify,
              maySeeUsers: true,
            }),
            examples: { start_date: '2023-05-01', end_date: '2023-05-31', product_context: 'pool' },
          },
        }),
        questions: {
          ask,
          query: createAskQuery({ domain: sights.find, ask }, effects),
          print: a => jsonLine(toJson(a)),
        },
        near: nearest,
        report,
        version,
        perMinute: config.api.perMinute,
      },
      effects,
    )
  }
  const api = late(apiPaths, make)
  const reads = [api, createDocs()]
  const { host, port, key } = config.api
  if (host === undefined || key === undefined) return { reads }
  return { reads, listener: createApiListener({ host, port, key, api, docs: createDocs(), report }) }
}

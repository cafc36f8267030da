import type { Logger } from 'pino'
import { createLanes } from '#handlers/chat/lanes.ts'
import type { Platform } from '#handlers/chat/platform.ts'
import { createQueue } from '#handlers/chat/queue.ts'
import { createRunning } from '#handlers/chat/running.ts'
import type { Seats } from '#handlers/chat/seats.ts'
import type { ChatParts } from '#handlers/chat/turn.ts'
import { parseCommand } from '#handlers/commands/parse.ts'
import { runCommand } from '#handlers/commands/run.ts'
import { createPictures } from '#handlers/http/pictures.ts'
import { createPublicListener, type PublicListener } from '#handlers/http/public.ts'
import { toCsv } from '#renderers/text/csv.ts'
import { createLimit } from '../access/limit.ts'
import type { NotingParts } from '../access/unusual.ts'
import { type Admit, createAdmitted } from '../admitted.ts'
import type { Ask } from '../ask.ts'
import { askedAgain } from '../asked-again.ts'
import { createAudited } from '../audited.ts'
import { type Config, hasSlack, hasTeams } from '../config.ts'
import type { Datasets } from '../datasets/datasets.ts'
import { importForChat } from '../datasets/import-for-chat.ts'
import type { Effects } from '../effects.ts'
import { kpiCatalogue } from '../kpi-catalogue.ts'
import type { Metrics } from '../metrics.ts'
import { createOffered } from '../offered.ts'
import { optionsFor } from '../question/next.ts'
import { createShare } from '../share.ts'
import type { Owner } from '../store/answers.ts'
import { storedAnswers } from '../store/answers.ts'
import { storedAtWork } from '../store/at-work.ts'
import type { Audit } from '../store/audit.ts'
import { storedClaims } from '../store/claims.ts'
import type { Database } from '../store/database.ts'
import { storedFeedback } from '../store/feedback.ts'
import { storedKeyValues } from '../store/key-values.ts'
import { noOptions } from '../vocabulary/answer.ts'
import type { Asker } from '../vocabulary/question.ts'
import type { Session } from './session.ts'

export type Tools = {
  config: Config
  log: Logger
  metrics: Metrics
  database: Database
  datasets: Datasets
  audit: Audit
}

/** What every place to talk in is given; `ask` is what all of them ask. */
export const chatParts = (
  { sights: { find, refusal, limits, mayExplore, usesGroups }, painters, ask, useCases }: Session,
  { log, metrics, database, datasets, audit, seats }: Omit<Tools, 'config'> & { seats: Seats },
  effects: Effects,
): ChatParts & { ask: Ask; effects: Effects } => {
  const running = createRunning()
  const warn = (event: string, error: unknown) => log.warn({ event, err: error }, 'survived')
  const queue = createQueue({ atWork: storedAtWork(database, effects.newId()), running, warn })
  metrics.watch('running', running.size)
  metrics.watch('waiting', () => queue.waiting() + seats.waiting())
  const spoken: Ask = ({ query, sql, ...question }, { signal, ...telling } = {}) =>
    query || sql
      ? ask({ ...question, query, sql }, { signal, ...telling })
      : runCommand(
          { command: parseCommand(question.text), ...question, signal },
          { ...useCases, ask: (q, o) => ask(q, { ...o, ...telling }) },
          effects,
        )
  const mayBring = (asker: Asker | undefined) =>
    refusal(asker) ??
    (mayExplore({ asker })
      ? undefined
      : { code: 'access/viewer', message: 'You may ask, but not bring data along. An admin can change that.' })
  const limit = createLimit({ audit }, effects)
  const admit: Admit = async ({ asker }) => refusal(asker) ?? limit.take(asker, limits(asker))
  const audited = createAudited(
    createAdmitted(createOffered(spoken, { find }), admit, effects),
    { audit, warn },
    effects,
  )
  return {
    ask: audited,
    useCases: {
      ask: audited,
      askAgain: (answer, asker, running) => audited({ ...askedAgain(answer), asker, audience: 'asker' }, running),
      share: createShare(audited),
      importFile: ({ stream, owner, channel, ...file }, { signal, onStatus }) =>
        importForChat(
          { ...file, from: stream, owner, place: channel, signal },
          { datasets, onStatus, refusal: mayBring },
          effects,
        ),
      paint: (chart, theme, options) => painters.paint(chart, theme, options),
      csv: answer => toCsv(answer.table),
      feedback: storedFeedback(database, effects),
      options: async (answer, asker) => {
        // An older answer of a domain that is gone, or not theirs any more.
        const domain = await find(answer.domain, { asker }).catch(() => undefined)
        return domain ? optionsFor(answer, domain.model) : noOptions
      },
      kpis: async asker =>
        refusal(asker) ? [] : kpiCatalogue(await find(undefined, { asker })).entries.map(({ label }) => label),
      examples: async (asker, audience) =>
        refusal(asker) ? [] : (await find(undefined, { asker, audience })).model.examples.slice(0, 6),
    },
    // Who asks what is refused by its rights, in one place for all rooms.
    mayAsk: () => true,
    groupsNeeded: usesGroups,
    claims: storedClaims(database, {}, effects),
    answers: storedAnswers(database, {}, effects),
    running,
    queue,
    lanes: createLanes(),
    seats,
    metrics,
    incidents: {
      incident: effects.newId,
      log: ({ error, ...entry }) => log.error({ ...entry, err: error }, 'failed'),
    },
    warn: (event, error, about) => log.warn({ event, ...about, err: error }, 'survived'),
    effects,
  }
}

/** The chats that are configured, and the public listener when one of them calls us. Only these are loaded: both together are a thousand files. */
export const openChats = async (
  parts: ChatParts & { effects: Effects },
  { config, log, database }: Omit<Tools, 'metrics' | 'datasets' | 'audit'>,
  effects: Effects,
): Promise<{ platforms: Platform[]; listener?: PublicListener }> => {
  const pictures =
    config.public.url && config.key
      ? createPictures({ publicUrl: config.public.url, key: config.key }, effects)
      : undefined
  const installations = storedKeyValues(database, { space: 'slack-installations', key: config.key }, effects)
  const conversations = storedKeyValues(database, { space: 'teams-conversations' }, effects)
  const { slack, teams, production } = config
  const platforms: Platform[] = []
  if (hasSlack(config)) {
    const { connectSlack } = await import('#handlers/slack/slack.ts')
    platforms.push(connectSlack({ ...slack, publicUrl: config.public.url }, { ...parts, installations }, effects))
  }
  if (hasTeams(config)) {
    const { connectTeams } = await import('#handlers/teams/teams.ts')
    const needs = { ...parts, conversations, pictureUrl: pictures?.addressOf }
    platforms.push(connectTeams({ ...teams, production }, needs, effects))
  }
  const routes = platforms.flatMap(platform => platform.routes)
  if (routes.length === 0) return { platforms }
  const listener = createPublicListener({
    ...config.public,
    routes: [...routes, ...(pictures ? [pictures.route] : [])],
    log: (error, path) => log.error({ err: error, path }, 'public listener'),
  })
  return { platforms, listener }
}

/** Writes to the admins of a platform and tenant who are named; false when none could be. */
export const createTellAdmins =
  (platforms: readonly Platform[], admins: () => Owner[]): NotingParts['tellAdmins'] =>
  async (words, about) => {
    const tell = platforms.find(({ name }) => name === about.platform)?.tell
    const theirs = admins().filter(({ platform, tenant }) => platform === about.platform && tenant === about.tenant)
    if (!tell) return false
    for (const admin of theirs) await tell(admin, words)
    return theirs.length > 0
  }

import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** Steps of a turn that are timed: the answer alone, its picture, posting it, all of it, and how soon a platform was told that we heard. */
export type Step = 'answer' | 'paint' | 'deliver' | 'turn' | 'ack'

/** What is counted and measured, for Prometheus. Labels come from short fixed lists: no user, text or address ever becomes one. */
export type Metrics = {
  question: (labels: { platform: string; planner: 'rules' | 'model' | 'none'; status: string }) => void
  step: (step: Step, ms: number) => void
  /** A call to a platform that is tried again. */
  retried: (platform: string, reason: string) => void
  /** A delivery that came again and was not answered again. */
  duplicate: (platform: string) => void
  undelivered: (platform: string) => void
  /** An answer that a platform did not take in this form. */
  refused: (platform: string, rung: string) => void
  childStarted: (kind: 'duckdb' | 'painter', again: boolean) => void
  /** A question that went to a language model: what it was worked out to before was kept, or it was worked out anew. */
  plan: (found: 'kept' | 'new') => void
  /** An answer that a language model tells: what it told of the same facts was kept, or it was asked. */
  story: (found: 'kept' | 'new') => void
  /** A number that is read when it is asked for. */
  watch: (name: 'running' | 'waiting', read: () => number) => void
  /** The exposition format (https://prometheus.io/docs/instrumenting/exposition_formats/) and its content type. */
  page: () => Promise<{ text: string; type: string }>
}

const secondsOf: readonly number[] = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

export const createMetrics = (): Metrics => {
  const registers = [new Registry()]
  const register = registers[0]!
  collectDefaultMetrics({ register })
  const counter = <L extends string>(name: string, help: string, labelNames: readonly L[]) =>
    new Counter({ name: `chartroom_${name}`, help, labelNames, registers })
  const questions = counter('questions_total', 'Questions by how they ended.', ['platform', 'planner', 'status'])
  const retries = counter('platform_retries_total', 'Calls to a platform that were tried again.', [
    'platform',
    'reason',
  ])
  const duplicates = counter('duplicates_total', 'Deliveries that came again.', ['platform'])
  const undelivered = counter('undelivered_total', 'Answers that no form could deliver.', ['platform'])
  const refused = counter('forms_refused_total', 'Forms of an answer that a platform did not take.', [
    'platform',
    'rung',
  ])
  const children = counter('child_starts_total', 'Starts of child processes; again=true after one ended.', [
    'kind',
    'again',
  ])
  const plans = counter('plans_total', 'Questions for a language model; kept: an earlier plan ran again.', ['found'])
  const stories = counter(
    'stories_total',
    'Answers for a language model to tell; kept: the same facts were told before.',
    ['found'],
  )
  const help = 'Seconds by step of a turn.'
  const steps = new Histogram({
    name: 'chartroom_step_seconds',
    help,
    labelNames: ['step'],
    buckets: [...secondsOf],
    registers,
  })
  return {
    question: labels => questions.inc(labels),
    step: (step, ms) => steps.observe({ step }, ms / 1000),
    retried: (platform, reason) => retries.inc({ platform, reason }),
    duplicate: platform => duplicates.inc({ platform }),
    undelivered: platform => undelivered.inc({ platform }),
    refused: (platform, rung) => refused.inc({ platform, rung }),
    childStarted: (kind, again) => children.inc({ kind, again: String(again) }),
    plan: found => plans.inc({ found }),
    story: found => stories.inc({ found }),
    watch: (name, read) => {
      const gauge: Gauge = new Gauge({
        name: `chartroom_${name}`,
        help: watched[name],
        registers,
        collect: () => gauge.set(read()),
      })
    },
    page: async () => ({ text: await register.metrics(), type: register.contentType }),
  }
}

const watched = {
  running: 'Questions that are being worked on.',
  waiting: 'Questions that wait for another of the same conversation, or because too many are worked on.',
} as const

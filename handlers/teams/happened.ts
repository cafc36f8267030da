import { readActivity } from './activity.ts'
import { onEdit } from './edits.ts'
import { readEvent, type TeamsEvent } from './event.ts'
import { onExecute } from './executes.ts'
import { onFeedback, onFeedbackForm } from './feedback.ts'
import { onAdded, onRemoved } from './members.ts'
import { onMessage } from './messages.ts'
import type { TeamsParts } from './parts.ts'
import type { Handled } from './sdk.ts'
import { onSubmit } from './submits.ts'

/**
 * Something happened in Teams: says at once that it was heard, and does what is to be done about it. Only what the client waits for (a
 * pressed button, a form) is answered in the request itself. Never throws. `tenant` is ours; undefined with the playground.
 */
export const onHappened = async (body: unknown, tenant: string | undefined, parts: TeamsParts): Promise<Handled> => {
  const activity = readActivity(body)
  const event = activity && readEvent(activity, tenant)
  if (!event) return heard
  const failed = (error: unknown): Handled => {
    parts.incidents.log({ incident: parts.incidents.incident(), error, path: `teams/${event.kind}` })
    return heard
  }
  return act(event, { parts, failed }).catch(failed)
}

type Acting = { parts: TeamsParts; failed: (error: unknown) => void }

const act = async (event: TeamsEvent, { parts, failed }: Acting): Promise<Handled> => {
  const later = (work: Promise<void>): Handled => {
    void parts.running.follow(work).catch(failed)
    return heard
  }
  switch (event.kind) {
    case 'message':
      return later(onMessage(event, parts))
    case 'edit':
      return later(onEdit(event, parts))
    case 'submit':
      return later(onSubmit(event, parts))
    case 'added':
      return later(onAdded(event, parts))
    case 'removed':
      return later(onRemoved(event, parts))
    case 'feedback':
      return later(onFeedback(event, parts))
    case 'execute':
      return { status: 200, body: await onExecute(event, parts) }
    case 'feedback-form':
      return { status: 200, body: onFeedbackForm(event) }
    case 'nothing':
      return heard
  }
}

const heard: Handled = { status: 200 }

import { refuse } from './refusal.ts'
import type { Trigger, World } from './world.ts'

/** How long a trigger can be used (https://docs.slack.dev/interactivity/handling-user-interaction). */
const triggerLivesMs = 3000

/** What a person did that lets the app open a modal, once, within three seconds. */
export const newTrigger = (world: World, trigger: Pick<Trigger, 'team' | 'user' | 'view'>): string => {
  const id = `${world.now()}.${world.newId('')}.${world.newId('t').toLowerCase()}`
  world.triggers.set(id, { ...trigger, at: world.now(), used: false })
  return id
}

/** Uses up a trigger. Refuses one that is unknown, too old or used. */
export const useTrigger = (world: World, id: string): Trigger => {
  const trigger = world.triggers.get(id) ?? refuse('invalid_trigger_id')
  if (world.now() - trigger.at > triggerLivesMs) refuse('expired_trigger_id')
  if (trigger.used) refuse('exchanged_trigger_id')
  trigger.used = true
  return trigger
}

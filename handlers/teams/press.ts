import type { Clicked } from '#handlers/chat/clicked.ts'
import type { Said } from '#handlers/chat/turn.ts'
import type { Owner } from '#src/store/answers.ts'
import type { Executed } from './event.ts'
import type { TeamsParts } from './parts.ts'
import type { Json } from './port.ts'

/** A press of somebody known; its address is private when the answer is. */
export type Pressed = { press: Executed; owner: Owner; about: NonNullable<Said['about']> }

/**
 * What whoever pressed gets to see: words, or a card in place of the one pressed. `stands`: everybody's message has it too. `late`: words that
 * have to be said also when the client waits no longer.
 */
export type PressReply = { text: string; late?: 'said' } | { card: Json; stands: boolean }

export type Done = Extract<Clicked, { kind: 'deed' }>
/** Something that a button under an answer does. */
export type Doing = (done: Done, pressed: Pressed, parts: TeamsParts) => Promise<PressReply>

/** What is said to somebody without an account of the tenant, such as a guest of a meeting. */
export const stranger = 'I answer only to people who are signed in to this organization.'

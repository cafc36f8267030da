import type { SlackMessage } from '#renderers/slack/block-kit.ts'
import type { FailureView } from '#renderers/view/view.ts'
import type { Place } from './messages.ts'

/** How messages get to one place in Slack: a thread, one person, or over a message that is there. */
export type Writer = {
  /** Only the one who asked sees it, and may share it. */
  isPrivate: boolean
  /** The question is not to be seen above. */
  isApart?: boolean
  /** What is written stays, so that nothing is written before the answer. */
  isOnce?: true
  /** Writes a message, from the second time on over the one before. Gives where it stands, if that can be named. Throws `CallError`. */
  write: (message: SlackMessage, id: string) => Promise<Place | undefined>
  /** Writes once more over what was written, if Slack takes that at once. */
  rewrite?: (message: SlackMessage) => Promise<void>
  /** Says what goes on beside the conversation. */
  status?: (words: string) => Promise<void>
  /** Tells Slack that this thread is being worked on, or no more, for the Stop button of its own. */
  busy?: (isBusy: boolean) => Promise<void>
  /** Another place when this one cannot be written to. */
  instead?: (error: unknown) => Writer | undefined
  /** For what not everybody here may see: sees to what stands here, and gives a way to the asker alone. None where nobody else reads. */
  aside?: () => Promise<Writer>
  /** False once a later click has taken over. */
  isStillWanted?: () => boolean
  /** The answer that stood there and is written over. */
  replaces?: string
  /** What stood there stays when there is no answer: puts it back and tells of the failure. */
  giveBack?: (failure: FailureView) => Promise<void>
}

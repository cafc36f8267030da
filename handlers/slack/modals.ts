import type { HomeView, ModalView } from '@slack/types'
import { problemsOf } from '#renderers/slack/check-message.ts'
import { CallError } from './call-error.ts'
import type { Doer } from './identity.ts'
import type { Slack } from './slack-parts.ts'

/** Opens a form or page over Slack for the one who clicked; a trigger lives three seconds. Throws `CallError`. */
export const openModal = async (
  slack: Slack,
  doer: Doer,
  { trigger, view }: { trigger: string; view: ModalView },
): Promise<void> => {
  const args = { trigger_id: trigger, view: checked(slack, view) }
  await slack.calls.call(doer, { method: 'views.open', args, isRepeatable: false, tries: 2 })
}

/** Shows somebody's Home tab. Throws `CallError`. */
export const publishHome = async (slack: Slack, doer: Doer, view: HomeView): Promise<void> => {
  await slack.calls.call(doer, { method: 'views.publish', args: { user_id: doer.user, view: checked(slack, view) } })
}

const checked = <V extends ModalView | HomeView>({ parts }: Slack, view: V): V => {
  const problems = problemsOf(view)
  if (problems.length === 0) return view
  parts.warn('slack/problems', new Error(problems.slice(0, 5).join('; ')))
  throw new CallError('view', 'problems')
}

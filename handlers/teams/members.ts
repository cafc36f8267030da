import { cardMessage } from '#renderers/teams/outgoing.ts'
import { suggestions } from '#renderers/teams/suggestions.ts'
import { welcomeCard } from '#renderers/teams/welcome.ts'
import type { ToldView } from '#renderers/view/view.ts'
import { aboutOf } from './about.ts'
import { checked } from './checked.ts'
import type { TeamsEvent } from './event.ts'
import { ownerOf } from './identity.ts'
import type { TeamsParts } from './parts.ts'

type Came = Extract<TeamsEvent, { kind: 'added' }>
type Went = Extract<TeamsEvent, { kind: 'removed' }>

/** The bot came to a chat or team: it says hello, once. Teams tells of it in two ways, and again at every update of the app. */
export const onAdded = async (came: Came, parts: TeamsParts): Promise<void> => {
  const { at } = came
  const { references, sender, warn } = parts
  if (!(await references.welcome(at))) return
  const examples = await examplesFor(came, parts).catch((error): string[] => {
    warn('examples', error)
    return []
  })
  const scope = at.conversation.type === 'personal' ? 'personal' : 'group'
  await sender.send(
    at,
    cardMessage({
      card: checked(welcomeCard({ examples, scope })),
      summary: 'Chartroom answers questions about your data.',
      suggestedActions: scope === 'personal' ? suggestions(startingWith(examples)) : undefined,
    }),
  )
}

/** Questions that those may ask who read the card; none when Teams does not say who added the bot. */
const examplesFor = async ({ at, who }: Came, parts: TeamsParts): Promise<string[]> => {
  const owner = ownerOf(who, at.tenant)
  if (!owner) return []
  const known = await aboutOf(at, who, parts)
  if (!known.ok) return []
  const { audience, ...about } = known.about
  return parts.useCases.examples({ ...owner, ...about }, audience)
}

/** The bot was removed: nothing is sent there any more. */
export const onRemoved = ({ at }: Went, { references }: TeamsParts): Promise<void> => references.bury(at)

const startingWith = (examples: string[]): ToldView => ({
  ...{ status: 'told', id: '', question: '', title: '', paragraphs: [], items: [] },
  choices: examples.map(question => ({ label: question, question })),
})

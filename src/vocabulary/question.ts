/**
 * Who asks: a user within a workspace or tenant of a platform; `place` is the channel or chat. The local room and the terminal have one
 * user and name nobody.
 */
export type Asker = {
  platform: 'slack' | 'teams'
  tenant: string
  user: string
  place?: string
  /** What people call this person. Absent: the platform did not tell. */
  name?: string
  /** What the platform says this person is there. Absent: the platform does not tell; taken for a member. */
  standing?: Standing
  /** Ids of the groups of the platform that this person is in. */
  groups?: readonly string[]
}

/** `external` is of another organisation (Slack Connect, another tenant). */
export type Standing = 'member' | 'guest' | 'external'

/** One thing somebody said, wherever they said it. */
export type Question = {
  text: string
  /** Turns with the same thread are one conversation; absent: a question of its own. */
  thread?: string
  domain?: string
  asker?: Asker
  /** Who will read the answer: everybody in the asker's `place`, or the asker alone (the default). */
  audience?: 'place' | 'asker'
  /** `YYYY-MM-DD`; the day relative periods count from. Default: the clock, in the model's zone. */
  today?: string
}

/**
 * Who asks: a user within a workspace or tenant of a platform; `place` is the channel or chat. The local room and the terminal have one
 * user and name nobody.
 */
export type Asker = { platform: 'slack' | 'teams'; tenant: string; user: string; place?: string }

/** One thing somebody said, wherever they said it. */
export type Question = {
  text: string
  /** Turns with the same thread are one conversation; absent: a question of its own. */
  thread?: string
  domain?: string
  asker?: Asker
  /** `YYYY-MM-DD`; the day relative periods count from. Default: the clock, in the model's zone. */
  today?: string
}

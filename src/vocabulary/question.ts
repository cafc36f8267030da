/** One thing somebody said, wherever they said it. */
export type Question = {
  text: string
  /** Turns with the same thread are one conversation; absent: a question of its own. */
  thread?: string
  domain?: string
  /** `YYYY-MM-DD`; the day relative periods count from. Default: the clock, in the model's zone. */
  today?: string
}

/** The ways to show an answer, from the best to the plainest. */
export type Rung = 'picture' | 'native' | 'table' | 'text'

export type CardOptions = {
  rung: Rung
  /** Where the picture is: a PNG as data URI, or an https address. Without it, `picture` becomes the next rung. */
  picture?: { url: string }
  /** Only the asker sees it: it says so, and can be shared. */
  private?: boolean
  /** Says above the answer what was asked, where that is not to be seen. */
  asked?: boolean
  /** Shows the details in the card instead of behind a button. */
  expanded?: boolean
  /** The id of the question, for a failure, which has none. Without it nothing can be tried again. */
  id?: string
  /** Bytes that the card may take without its picture. Default 80 KB. */
  most?: number
}

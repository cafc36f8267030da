/** Where blocks are shown. */
export type Surface = 'message' | 'ephemeral' | 'modal' | 'home'

export type CheckOptions = {
  at: string
  surface: Surface
  /** Whether the workspace has the blocks of 2025 and later. */
  newBlocks: boolean
  /** Whether an image block may show this file. */
  isShowable: (fileId: string) => boolean
}

/** Slack's sentences about blocks it would not take, and the error it gives them under. */
export const checkBlocks = (blocks: unknown[], options: CheckOptions): { code: string; errors: string[] } => {
  const errors = blocks.flatMap((block, i) => {
    const b = block as { type?: string; slack_file?: { id?: string } }
    const at = `${options.at}/${i}`
    if (b.slack_file?.id && !options.isShowable(b.slack_file.id))
      return [`invalid slack file [json-pointer:${at}/slack_file]`]
    return []
  })
  if (blocks.length > 50) errors.push(`no more than 50 items allowed [json-pointer:${options.at}]`)
  return { code: 'invalid_blocks', errors }
}

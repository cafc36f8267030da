import type { Json } from '../world.ts'
import { checkBlocks } from './check.ts'

/** Slack's sentences about a view it would not take. */
export const checkView = (
  view: Json,
  options: { type: 'modal' | 'home'; newBlocks: boolean; isShowable: (fileId: string) => boolean },
): string[] => {
  if (!Array.isArray(view.blocks)) return ['missing required field: blocks [json-pointer:/view]']
  return checkBlocks(view.blocks, { ...options, at: '/view/blocks', surface: options.type }).errors
}

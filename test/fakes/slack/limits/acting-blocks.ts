import { actionElements, feedbackButtons, fileInput, iconButton, inputElements } from './elements.ts'
import { known, plainText } from './objects.ts'
import { flag, kinds, list, object, type Shape, text } from './shape.ts'

const block = { block_id: text(255) }

/** Blocks that hold elements (https://docs.slack.dev/reference/block-kit/blocks/actions-block). */
export const actingBlocks: Record<string, Shape> = {
  actions: object({ type: known, elements: list(kinds(actionElements), { max: 25 }) }, block),
  context_actions: object(
    {
      type: known,
      elements: list(kinds({ feedback_buttons: feedbackButtons, icon_button: iconButton }), { max: 5 }),
    },
    block,
  ),
  input: object(
    { type: known, label: plainText(2000), element: inputElement },
    { ...block, hint: plainText(2000), optional: flag, dispatch_action: flag },
  ),
}

function inputElement(...[value, at, check]: Parameters<Shape>) {
  const elements = check.surface === 'modal' ? { ...inputElements, file_input: fileInput } : inputElements
  kinds(elements)(value, at, check)
}

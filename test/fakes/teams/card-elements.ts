/** What an element of a card must and may have, and which of its properties hold further elements. */
export type Shape = { needs: string[]; may: ReadonlySet<string>; holds: Record<string, Holds> }

/** What stands in such a property: any element, any action, or only elements of one type; one, or a list. */
type Holds = { kind: 'element' | 'action' | 'inline' | 'card' | 'only'; type?: string; many: boolean }

const words = (text: string) => text.split(' ').filter(Boolean)
const many = (kind: Holds['kind'], type?: string): Holds => ({ kind, many: true, ...(type && { type }) })
const one = (kind: Holds['kind'], type?: string): Holds => ({ kind, many: false, ...(type && { type }) })

const always = 'type key id requires lang isVisible isSortKey fallback'
const element = `${always} separator height horizontalAlignment spacing targetWidth grid.area`
const box =
  'style showBorder roundedCorners bleed minHeight maxHeight backgroundImage verticalContentAlignment rtl layouts'
const input = 'label isRequired errorMessage valueChangedAction value'
const chart = 'title showTitle colorSet maxWidth showLegend'
const axes = `${chart} xAxisTitle yAxisTitle color yMin yMax`
const action = 'type key id requires fallback title iconUrl style mode tooltip isEnabled menuActions themedIconUrls'
const run = 'type key id lang isVisible isSortKey fallback'

const shape = (needs: string, may: string, holds: Shape['holds'] = {}): Shape => ({
  needs: words(needs),
  may: new Set(words(may)),
  holds,
})

const tap = { selectAction: one('action') }

/**
 * Elements that Teams shows, with the properties of Microsoft's own card types.
 * https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-reference#adaptive-card
 * https://adaptivecards.microsoft.com/?topic=welcome
 */
export const elements: Record<string, Shape> = {
  TextBlock: shape('text', `${element} text size weight color isSubtle fontType wrap maxLines style labelFor`),
  RichTextBlock: shape('inlines', `${element} inlines labelFor`, { inlines: many('inline') }),
  Image: shape(
    'url',
    `${element} url altText backgroundColor style size width allowExpand msteams themedUrls fitMode selectAction ` +
      'horizontalContentAlignment verticalContentAlignment',
    tap,
  ),
  ImageSet: shape('images', `${element} images imageSize`, { images: many('only', 'Image') }),
  Media: shape('sources', `${element} sources captionSources poster altText`),
  FactSet: shape('facts', `${element} facts`),
  Container: shape('items', `${element} ${box} items selectAction`, { items: many('element'), ...tap }),
  ColumnSet: shape('columns', `${element} ${box} minWidth columns selectAction`, {
    columns: many('only', 'Column'),
    ...tap,
  }),
  Column: shape('', `${element} ${box} width items selectAction`, { items: many('element'), ...tap }),
  Table: shape(
    'rows',
    `${element} style showBorder roundedCorners minWidth columns rows firstRowAsHeaders showGridLines gridStyle ` +
      'horizontalCellContentAlignment verticalCellContentAlignment',
    { rows: many('only', 'TableRow') },
  ),
  TableRow: shape(
    'cells',
    `${element} style showBorder roundedCorners cells horizontalCellContentAlignment verticalCellContentAlignment`,
    { cells: many('only', 'TableCell') },
  ),
  TableCell: shape('items', `${element} ${box} items selectAction`, { items: many('element'), ...tap }),
  ActionSet: shape('actions', `${element} actions`, { actions: many('action') }),
  Carousel: shape('pages', `${element} bleed minHeight pageAnimation pages`, { pages: many('only', 'CarouselPage') }),
  CarouselPage: shape('items', `${element} ${box} items selectAction`, { items: many('element'), ...tap }),
  CodeBlock: shape('codeSnippet', `${element} codeSnippet language startLineNumber`),
  Badge: shape('', `${element} text icon iconPosition appearance size shape style tooltip`),
  Icon: shape('name', `${element} name size style color selectAction`, tap),
  CompoundButton: shape('', `${element} icon badge title description selectAction`, tap),
  Rating: shape('', `${element} value count max size color style`),
  ProgressBar: shape('', `${element} value max color`),
  ProgressRing: shape('', `${element} label labelPosition size`),
  Component: shape('name', `${element} name properties`),
  'Input.Text': shape('id', `${element} ${input} maxLength isMultiline placeholder style inlineAction regex`, {
    inlineAction: one('action'),
  }),
  'Input.Number': shape('id', `${element} ${input} placeholder min max`),
  'Input.Date': shape('id', `${element} ${input} placeholder min max`),
  'Input.Time': shape('id', `${element} ${input} placeholder min max`),
  'Input.Toggle': shape('id title', `${element} ${input} title valueOn valueOff wrap showTitle`),
  'Input.ChoiceSet': shape(
    'id',
    `${element} ${input} choices choices.data style isMultiSelect placeholder wrap useMultipleColumns minColumnWidth`,
  ),
  'Input.Rating': shape('id', `${element} ${input} max allowHalfSteps size color`),
  'Chart.Donut': shape('data', `${element} ${chart} data value valueColor thickness showOutlines`),
  'Chart.Pie': shape('data', `${element} ${chart} data value valueColor thickness showOutlines`),
  'Chart.VerticalBar': shape('data', `${element} ${axes} data showBarValues`),
  'Chart.VerticalBar.Grouped': shape('data', `${element} ${axes} data stacked showBarValues`),
  'Chart.HorizontalBar': shape('data', `${element} ${axes} data displayMode`),
  'Chart.HorizontalBar.Stacked': shape('data', `${element} ${axes} data`),
  'Chart.Line': shape('data', `${element} ${axes} data`),
  'Chart.Gauge': shape(
    'value segments',
    `${element} ${chart} min max subLabel showMinMax showNeedle showOutlines segments value valueFormat`,
  ),
}

export const inlines: Record<string, Shape> = {
  TextRun: shape(
    'text',
    `${run} text size weight color isSubtle fontType italic strikethrough highlight underline selectAction`,
    tap,
  ),
  IconRun: shape('name', `${run} name size style color selectAction`, tap),
  ImageRun: shape('url', `${run} url size style themedUrls selectAction`, tap),
}

export const actions: Record<string, Shape> = {
  'Action.Execute': shape('', `${action} data associatedInputs conditionallyEnabled verb`),
  'Action.Submit': shape('', `${action} data associatedInputs conditionallyEnabled msteams`),
  'Action.OpenUrl': shape('url', `${action} url`),
  'Action.OpenUrlDialog': shape('url', `${action} dialogTitle dialogHeight dialogWidth url`),
  'Action.ShowCard': shape('card', `${action} card`, { card: one('card') }),
  'Action.Popover': shape('content', `${action} content displayArrow position maxPopoverWidth`, {
    content: one('element'),
  }),
  'Action.ToggleVisibility': shape('targetElements', `${action} targetElements`),
  'Action.ResetInputs': shape('', `${action} targetInputIds`),
}

export const card = shape(
  '',
  `${always} ${box} $schema version fallbackText speak refresh authentication msteams metadata resources body actions ` +
    'selectAction grid.area',
  { body: many('element'), actions: many('action'), ...tap },
)

const sizes = 'auto stretch extraSmall small default standard medium large extraLarge'

/** Values of the words that decide about looks, over all elements. Case does not matter. */
export const values: Record<string, ReadonlySet<string>> = Object.fromEntries(
  Object.entries({
    size: sizes,
    weight: 'lighter default bolder',
    color:
      'default dark light accent good warning attention neutral marigold good categoricalRed categoricalPurple ' +
      'categoricalLavender categoricalBlue categoricalLightBlue categoricalTeal categoricalGreen categoricalLime ' +
      'categoricalMarigold sequential1 sequential2 sequential3 sequential4 sequential5 sequential6 sequential7 ' +
      'sequential8 divergingBlue divergingLightBlue divergingCyan divergingTeal divergingYellow divergingPeach ' +
      'divergingLightRed divergingRed divergingMaroon divergingGray sequentialGreen divergingGreen divergingLime',
    fontType: 'default monospace',
    spacing: 'none extraSmall small default medium large extraLarge padding',
    horizontalAlignment: 'left center right',
  }).map(([name, text]) => [name, new Set(words(text.toLowerCase()))]),
)

/**
 * What Slack takes, in UTF-16 units where it counts characters (it may count fewer). Each number stands on the page of its block or element,
 * https://docs.slack.dev/reference/block-kit/blocks; those of the whole message were measured by others and are in no page.
 */
export const limits = {
  header: 150,
  sectionText: 3000,
  contextElements: 10,
  actionsElements: 25,
  buttonText: 75,
  hint: 75,
  optionText: 75,
  optionValue: 150,
  options: 100,
  placeholder: 150,
  altText: 2000,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
  tableRows: 100,
  tableColumns: 20,
  chartTitle: 50,
  chartLabel: 20,
  chartAxis: 50,
  chartSeries: 12,
  chartCategories: 20,
  messageBlocks: 50,
  viewBlocks: 100,
  viewTitle: 24,
  metadata: 3000,
  inputLabel: 2000,
  /** In UTF-8 bytes: `chat.update` refuses more than 4,000 with `msg_too_long`. */
  messageText: 3900,
  /** Under what https://github.com/slackapi/bolt-js/issues/2509 measured (13,200), by {@link weightOf}. */
  messageWeight: 12_000,
  /** What a chart may take of it; every point carries its label once more. */
  chartWeight: 5000,
} as const

/**
 * How much of a message's size some blocks take: their JSON, with `&`, `<` and `>` as the entities that Slack stores. Counting text alone is not
 * enough, 11,341 characters in many small elements were refused (https://github.com/slackapi/bolt-js/issues/2867).
 */
export const weightOf = (blocks: readonly object[]): number => {
  const json = JSON.stringify(blocks)
  return json.length + 4 * (json.match(/&/g)?.length ?? 0) + 3 * (json.match(/[<>]/g)?.length ?? 0)
}

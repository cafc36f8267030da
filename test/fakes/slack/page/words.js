import { element } from './dom.js'

const plain = text => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')

const tags = { '*': 'strong', _: 'em', '~': 's', '`': 'code' }
const pieces = /<([^<>]+)>|([*_~`])(?=\S)([^\n]+?)\2(?=\W|$)/g

/** Slack's own markup as elements. What a name, a channel or everybody would be notified by is marked, so that nobody overlooks it. */
export const marked = text => {
  const made = element('span', 'words')
  let at = 0
  for (const found of text.matchAll(pieces)) {
    made.append(plain(text.slice(at, found.index)))
    made.append(found[1] ? reference(found[1]) : element(tags[found[2]], '', plain(found[3])))
    at = found.index + found[0].length
  }
  made.append(plain(text.slice(at)))
  return made
}

/** A text object: plain text as it is, mrkdwn as {@link marked}. */
export const words = ({ type, text }) => (type === 'mrkdwn' ? marked(text) : element('span', 'words', text))

const reference = inside => {
  const [target, label] = inside.split('|')
  if (/^[@#!]/.test(target)) return element('span', 'mention', label ?? target)
  return element('span', 'link', `${plain(label ?? target)} (${plain(target)})`)
}

/** Formatted text: sections, lists, quotes and code. */
export const richText = block => element('div', 'rich', ...block.elements.map(richPart))

const richPart = part => {
  if (part.type === 'rich_text_list')
    return element(
      part.style === 'ordered' ? 'ol' : 'ul',
      '',
      ...part.elements.map(each => element('li', '', ...inline(each))),
    )
  if (part.type === 'rich_text_preformatted') return element('pre', '', ...inline(part))
  return element(part.type === 'rich_text_quote' ? 'blockquote' : 'p', '', ...inline(part))
}

const inline = ({ elements }) => elements.map(inlinePart)

const inlinePart = part => {
  if (part.type === 'text') return styled(part.text, part.style)
  if (part.type === 'link') return element('span', 'link', `${part.text ?? part.url} (${part.url})`)
  if (part.type === 'emoji') return `:${part.name}:`
  return element('span', 'mention', part.user_id ?? part.channel_id ?? part.usergroup_id ?? part.range ?? part.type)
}

const styled = (text, style = {}) => {
  let made = text
  for (const [name, tag] of [
    ['bold', 'strong'],
    ['italic', 'em'],
    ['strike', 's'],
    ['code', 'code'],
  ])
    if (style[name]) made = element(tag, '', made)
  return made
}

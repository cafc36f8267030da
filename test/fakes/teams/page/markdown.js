/** The little Markdown that Teams shows in cards and messages, as safe HTML: bold, italic, links, lists, backslashes, entities. */
export const toHtml = text => {
  const kept = []
  // A sign of the private area stands for what is done already.
  const keep = html => `\ue000${kept.push(html) - 1}\ue000`
  const inline = escapeHtml(text.replaceAll('\ue000', ''))
    .replace(/\\([\\`*_{}[\]()#+\-.!|~>&])/g, (_, sign) => keep(sign))
    .replace(/&amp;(amp|lt|gt|quot|nbsp);/g, (_, name) => keep(`&${name};`))
    .replace(/\[([^\]]+)\]\((https?:[^)\s]+)\)/g, (_, name, url) => keep(link(name, url)))
    .replace(/\*\*(.+?)\*\*/g, '<strong>$1</strong>')
    .replace(/(^|[\s(])[*_]([^*_\s][^*_]*)[*_](?=[\s).,;:!?]|$)/g, '$1<em>$2</em>')
  const restore = html => html.replace(/\ue000(\d+)\ue000/g, (_, index) => restore(kept[index]))
  return restore(inline.split('\n').map(line).join(''))
}

const escapeHtml = text =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

const link = (name, url) => `<a href="${url}" rel="noopener noreferrer" target="_blank">${name}</a>`

const line = text => {
  const item = /^\s*[-*] (.*)$/.exec(text)
  return item ? `<div>• ${item[1]}</div>` : `<div>${text || '&nbsp;'}</div>`
}

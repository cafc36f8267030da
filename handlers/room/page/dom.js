/**
 * An element. Children are nodes or text; text stays text, whatever it contains: nothing here reads markup.
 * @param {string} tag
 * @param {Record<string, unknown>} [props] `class`, `on` ({event: listener}), else attributes; false, null and undefined leave one out
 * @param {...(Node | string | null | undefined | false)} children
 */
export const el = (tag, props = {}, ...children) => {
  const node = document.createElement(tag)
  for (const [name, value] of Object.entries(props)) setProperty(node, name, value)
  node.append(...children.filter(child => child !== null && child !== undefined && child !== false))
  return node
}

const setProperty = (node, name, value) => {
  if (value === undefined || value === null || value === false) return
  if (name === 'on') {
    for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener)
  } else node.setAttribute(name, value === true ? '' : String(value))
}

/**
 * A button with an icon, a label, or both. Without a label, `title` names it.
 * @param {{label?: string, icon?: Node, class?: string, title?: string, on: () => void, attributes?: Record<string, unknown>}} parts
 */
export const button = ({ label, icon, title, on, attributes = {}, class: name = 'button' }) =>
  el(
    'button',
    { type: 'button', class: name, title, 'aria-label': label ? undefined : title, on: { click: on }, ...attributes },
    icon,
    label && el('span', {}, label),
  )

/** @param {string} id */
export const byId = id => {
  const node = document.getElementById(id)
  if (!node) throw new Error(`the page has no #${id}`)
  return node
}

let count = 0
/** An id that no other node has. */
export const freshId = () => `n${++count}`

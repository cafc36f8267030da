/** An element with a class and children; a text child stays text. */
export const element = (tag, className, ...children) => {
  const made = document.createElement(tag)
  if (className) made.className = className
  made.append(...children.filter(child => child !== undefined && child !== null))
  return made
}

/** A button that does something. */
export const button = (title, press, className) => {
  const made = element('button', className, title)
  made.type = 'button'
  made.addEventListener('click', press)
  return made
}

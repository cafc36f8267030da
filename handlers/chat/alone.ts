/** What everybody is shown in place of an answer that holds what not everybody there may see; the answer itself goes to its asker. */
export const answeredAlone = 'Answered privately: it holds data that not everybody here may see.'

/** What the one who shares is told when there is nothing that could be shown to everybody. */
export const notForAll = 'This answer holds data that not everybody here may see, so it was not shared.'

// Reads the answers off the page, and shows what they call for.

const form = document.getElementById('form')
const all = (selector, root) => Array.from((root || form).querySelectorAll(selector))
const words = form ? JSON.parse(form.dataset.words) : {}
const fill = (text, values) => text.replace(/{(\w+)}/g, (_, name) => values[name])

const plainNumber = typed => {
  const written = typed.normalize('NFKC').trim()
  return /^[+-]?\d{1,20}(\.\d*)?$/.test(written) ? Number(written) : NaN
}
const levelOf = typed => typed === undefined || typed === 'na' ? typed : Number(typed)
const picked = box => all('input:checked', box).map(input => input.value)

const readers = {
  single: item => picked(item)[0],
  multiple: item => picked(item).length ? picked(item) : undefined,
  scale: item => levelOf(picked(item)[0]),
  nps: item => levelOf(picked(item)[0]),
  number: item => {
    const number = plainNumber(all('input', item)[0].value)
    return isNaN(number) ? undefined : number
  },
  matrix: item => {
    const rows = {}
    all('input:checked', item).forEach(input => {
      rows[input.name.slice(item.dataset.key.length + 1)] = levelOf(input.value)
    })
    return Object.keys(rows).length ? rows : undefined
  }
}
const typedText = item => all('[name]', item)[0].value.trim() || undefined

const asks = (element, values) =>
  !element.dataset.showIf || holds(JSON.parse(element.dataset.showIf), values)

// One walk forward, as survey_forms/visibility.py does it: a hidden answer counts for nothing.
function showWhatIsAsked () {
  const values = {}
  all('.page').forEach(page => {
    const isAsked = asks(page, values)
    all('.item', page).forEach(item => {
      item.hidden = !isAsked || !asks(item, values)
      if (item.hidden) return
      const value = (readers[item.dataset.kind] || typedText)(item)
      if (value !== undefined) values[item.dataset.key] = value
    })
  })
}

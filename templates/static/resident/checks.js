// Tells what is wrong before the next page is turned; the server judges by itself what it is sent.

const lengthOf = control => Array.from(control.value.trim()).length

// Returns what is wrong with one control, or nothing.
function wrongValue (control) {
  const { length, range, minimum, maximum, whole } = control.dataset
  if (length && lengthOf(control) > length) return fill(words.too_long, { maximum: length })
  if (!range) return
  if (control.type === 'date') return control.validity.valid ? undefined : range
  if (!control.value.trim()) return
  const number = plainNumber(control.value)
  const isOut = isNaN(number) || (minimum && number < minimum) || (maximum && number > maximum)
  if (isOut || (whole !== undefined && number % 1)) return range
}

function wrongChoice (box) {
  const list = box.querySelector('[data-min]')
  const chosen = all(':checked', box)
  if (!list || !chosen.length || chosen.some(input => 'exclusive' in input.dataset)) return
  if (chosen.length < list.dataset.min) return fill(words.too_few, { minimum: list.dataset.min })
}

const controlsOf = box => all('[name]', box).filter(each => each.closest('[data-field]') === box)

const isAnswered = control =>
  /radio|checkbox/.test(control.type) ? control.checked : control.value.trim() !== ''

// Returns what is wrong with one field; data-required names the words for a missing answer.
function wrongField (box, controls) {
  if (box.dataset.required && !controls.some(isAnswered)) return words[box.dataset.required]
  return wrongValue(controls[0]) || wrongChoice(box)
}

function mark (box, controls, message) {
  const error = document.getElementById('e-' + box.dataset.field)
  error.textContent = message || ''
  error.hidden = !message
  const marked = box.getAttribute('role') === 'radiogroup' ? [box] : controls
  marked.forEach(each => message
    ? each.setAttribute('aria-invalid', 'true')
    : each.removeAttribute('aria-invalid'))
}

// Takes back a message as soon as what it asked for is done.
function recheck (control) {
  const box = control.closest('[data-field]')
  if (!box || document.getElementById('e-' + box.dataset.field).hidden) return
  mark(box, controlsOf(box), wrongField(box, controlsOf(box)))
}

// Marks everything wrong on a page; returns the first control to be put right.
function firstWrong (page) {
  let first
  all('[data-field]', page).forEach(box => {
    const controls = controlsOf(box)
    // The fields of a matrix are its rows.
    if (!controls.length) return
    const message = box.closest('[hidden]') ? undefined : wrongField(box, controls)
    mark(box, controls, message)
    if (message && !first) first = controls[0]
  })
  return first
}

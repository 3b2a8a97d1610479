// Keeps what is typed on this phone until it has been received. Where storage is not to be had
// (private windows, some in-app browsers) everything else works on.

const storage = {
  name: 'minsheng.' + (form ? form.dataset.draft : document.body.dataset.forget),
  read () {
    try { return JSON.parse(localStorage.getItem(storage.name)) } catch (_) { return null }
  },
  write (draft) {
    try { localStorage.setItem(storage.name, JSON.stringify(draft)) } catch (_) { /* no draft */ }
  },
  forget () {
    try { localStorage.removeItem(storage.name) } catch (_) { /* there was none */ }
  }
}

// The order of choices is this view's, whatever an earlier one had; the rest goes with the answers.
const OWN_FIELDS = ['page-seed', 'page-channel', 'page-lang', 'page-large']

const formFields = () => Array.from(new FormData(form).entries())

function saveDraft (page, isSending) {
  storage.write({ fields: formFields(), page, isSending })
}

function restore (draft) {
  all('[name]').forEach(control => {
    if (OWN_FIELDS.includes(control.name)) return
    const values = draft.fields.filter(field => field[0] === control.name).map(field => field[1])
    if (/radio|checkbox/.test(control.type)) control.checked = values.includes(control.value)
    else if (values.length) control.value = values[0]
  })
}

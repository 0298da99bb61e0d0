// Asks the browser for a passkey and sends the answer with the page's own form. The page works without this file.

const form = document.querySelector('form[data-passkey]');
const known = form && globalThis.PublicKeyCredential?.parseCreationOptionsFromJSON;

if (known) {
  form.hidden = false;
  form.addEventListener('submit', async (event) => {
    if (form.elements.credential.value) return;
    event.preventDefault();
    const said = form.querySelector('.said');
    said.textContent = '';
    try {
      const asked = JSON.parse(form.dataset.options);
      const credential = form.dataset.passkey === 'add'
        ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(asked) })
        : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(asked) });
      form.elements.credential.value = JSON.stringify(credential);
      form.submit();
    } catch {
      said.textContent = form.dataset.unable;
    }
  });
}

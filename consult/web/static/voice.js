// Offers to answer by voice where the browser can record; the recorder is fetched when it is wanted.

const canRecord = globalThis.MediaRecorder && navigator.mediaDevices?.getUserMedia;

function prepare(template) {
  const box = template.content.firstElementChild.cloneNode(true);
  template.replaceWith(box);
  const open = () => import("./recorder.js").then((recorder) => recorder.open(box)).catch(() => {
    box.querySelector("[data-part=panel]").hidden = false;
    box.querySelector("[data-part=state]").textContent = box.dataset.fails;
  });
  box.querySelector("[data-part=open]").addEventListener("click", open, { once: true });
  box.querySelector("[type=hidden]").addEventListener("change", open); // what this tab had kept
}

if (canRecord) document.querySelectorAll("template.speak").forEach(prepare);

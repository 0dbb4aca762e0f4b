// The search runs in a worker, which browsers do not let a page on disk start. There it runs in a
// hidden frame instead. Named as the package of this purpose, which would be fetched from another host.
if (location.protocol === "file:") {
  window.Worker = class extends EventTarget {
    constructor(url) {
      super();
      this.frame = document.createElement("iframe");
      this.frame.hidden = true;
      document.body.append(this.frame);
      const inside = this.frame.contentWindow;
      inside.postMessage = (data) => this.tell(this, data);
      this.ready = new Promise((resolve) => {
        const script = inside.document.createElement("script");
        script.src = new URL(url, location.href).href;
        script.onload = resolve;
        inside.document.body.append(script);
      });
      this.addEventListener("message", (event) => this.onmessage?.(event));
    }

    // As between threads: a copy, and not before whoever sent it is done.
    tell(target, data) {
      const copy = structuredClone(data);
      setTimeout(() => target.dispatchEvent(new MessageEvent("message", { data: copy })));
    }

    postMessage(data) {
      const copy = structuredClone(data);
      this.ready.then(() => this.tell(this.frame.contentWindow, copy));
    }

    terminate() {
      this.frame.remove();
    }
  };
}

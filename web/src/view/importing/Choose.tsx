// SPDX-License-Identifier: AGPL-3.0-or-later
// What can be read, and the two ways to choose it. The browser's own dialogue opens; no file is read unless it was chosen there.
import { useRef } from "preact/hooks";
import { FolderOpen, FileText } from "lucide-preact";
import { t } from "../../i18n";
import type { ImportFormat, PickedFile } from "../../model/face";
import { Button, Card } from "../../ui";

const FORMATS: readonly ImportFormat[] = ["day-one", "jrnl", "markdown", "text"];
const ENDINGS = ".zip,.json,.md,.markdown,.txt,.text,application/zip,application/json,text/markdown,text/plain";

/** Phones have no folders to choose. */
const FOLDERS = "webkitdirectory" in HTMLInputElement.prototype && !matchMedia("(pointer: coarse)").matches;

export function Choose({ busy, onFiles }: { busy: boolean; onFiles: (files: readonly PickedFile[]) => void }) {
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const picked = (input: HTMLInputElement) => {
    const list = [...(input.files ?? [])].map(toPicked);
    input.value = ""; // the same file can be chosen once more
    if (list.length > 0) onFiles(list);
  };
  return (
    <div class="stack stack-l">
      <div class="stack">
        <p>{t("importing.private")}</p>
        <input ref={files} hidden type="file" multiple accept={ENDINGS} aria-label={t("importing.files.label")} onChange={(event) => picked(event.currentTarget)} />
        <input ref={folder} hidden type="file" {...{ webkitdirectory: true }} aria-label={t("importing.folder.label")} onChange={(event) => picked(event.currentTarget)} />
        <div class="row">
          <Button look="main" icon={FileText} busy={busy} onClick={() => files.current?.click()}>
            {t("importing.choose")}
          </Button>
          {FOLDERS && (
            <Button icon={FolderOpen} busy={busy} onClick={() => folder.current?.click()}>
              {t("importing.choose.folder")}
            </Button>
          )}
        </div>
      </div>
      <Card title={t("importing.what.title")}>
        <dl class="bring-formats">
          {FORMATS.map((format) => (
            <div key={format}>
              <dt>{t(`importing.what.${format}`)}</dt>
              <dd>{t(`importing.what.${format}.say`)}</dd>
            </div>
          ))}
        </dl>
        <p class="soft">{t("importing.what.day")}</p>
        <p class="soft">{t("importing.what.not")}</p>
      </Card>
    </div>
  );
}

function toPicked(file: File): PickedFile {
  const { name, size, lastModified: modified } = file;
  return { name: file.webkitRelativePath || name, size, modified, bytes: async () => new Uint8Array(await file.arrayBuffer()) };
}

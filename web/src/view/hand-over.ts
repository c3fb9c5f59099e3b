// SPDX-License-Identifier: AGPL-3.0-or-later
// Gives the person a file that was made on this device, as a download. Nothing is sent anywhere.
export function handOver(fileName: string, file: Blob): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = address;
  link.download = fileName;
  link.click();
  // The browser reads the blob after the click returns; a minute is ample.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

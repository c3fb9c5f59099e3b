// SPDX-License-Identifier: AGPL-3.0-or-later
// Padmé (Nikitin et al., "Reducing Metadata Leakage from Encrypted Files and Communication with PURBs", PoPETs 2019):
// a length is rounded up so that only its leading bits stay, which costs at most 12% and leaks O(log log length) bits.

/** The length to pad to; never below LENGTH. */
export function padme(length: number): number {
  if (!Number.isSafeInteger(length) || length < 0 || length > 0x3fffffff) throw new RangeError("no length to pad");
  if (length < 2) return length;
  const exponent = floorLog2(length);
  const kept = floorLog2(exponent) + 1;
  const mask = 2 ** Math.max(exponent - kept, 0) - 1;
  return (length + mask) & ~mask;
}

function floorLog2(value: number): number {
  return value < 1 ? 0 : 31 - Math.clz32(value);
}

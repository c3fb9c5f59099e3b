// SPDX-License-Identifier: AGPL-3.0-or-later
// The whole of what is on screen: the way out, the navigation, and the one screen that the address and the session ask for.
import type { House } from "../../model/face";
import { useQuickExitKeys } from "../safety/quick-exit";
import { HouseContext } from "../house-context";
import { useAutoLock, useOfflineInside, useThanks, useTheme } from "./effects";
import { ErrorBoundary } from "./ErrorBoundary";
import { Frame } from "./Frame";
import { Stage } from "./Stage";

export function App({ house }: { house: House }) {
  useTheme(house);
  useAutoLock(house);
  useOfflineInside(house);
  useThanks(house);
  useQuickExitKeys(house);
  return (
    <HouseContext.Provider value={house}>
      <Frame>
        <ErrorBoundary>
          <Stage />
        </ErrorBoundary>
      </Frame>
    </HouseContext.Provider>
  );
}

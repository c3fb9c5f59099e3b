// SPDX-License-Identifier: AGPL-3.0-or-later
// When a screen breaks, this stands in its place. The way out and the navigation still work; words already kept are safe.
import { Component, type ComponentChildren } from "preact";
import { t } from "../../i18n";
import { Button, ButtonLink, Page } from "../../ui";

export class ErrorBoundary extends Component<{ children: ComponentChildren }, { broken: boolean }> {
  override state = { broken: false };

  static override getDerivedStateFromError() {
    return { broken: true };
  }

  override componentDidCatch(error: unknown): void {
    // The name only: a message could carry words of a person.
    console.error("a screen broke:", error instanceof Error ? error.name : typeof error);
  }

  override render() {
    if (!this.state.broken) return this.props.children;
    return (
      <Page title={t("shell.brokenTitle")} lead={t("shell.broken")}>
        <div class="row">
          <Button look="main" onClick={() => location.reload()}>
            {t("shell.reload")}
          </Button>
          <ButtonLink href="/help" onClick={() => this.setState({ broken: false })}>
            {t("shell.help")}
          </ButtonLink>
        </div>
      </Page>
    );
  }
}

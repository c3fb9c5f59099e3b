// SPDX-License-Identifier: AGPL-3.0-or-later
// A way to another screen of ours (wouter keeps the page), and the same dressed as a button.
// Outside places get a plain <a> with no referrer; we never follow one for the person.
import type { ComponentChildren } from "preact";
import type { LucideIcon } from "lucide-preact";
import { Link as Route } from "wouter-preact";
import { buttonClass, type ButtonLook } from "./Button";
import { Icon } from "./Icon";

export interface LinkProps {
  href: string;
  children: ComponentChildren;
  class?: string;
  current?: boolean;
  onClick?: (event: MouseEvent) => void;
}

export function Link({ href, children, class: name = "link", current, onClick }: LinkProps) {
  return (
    <Route href={href} class={name} aria-current={current ? "page" : undefined} onClick={onClick}>
      {children}
    </Route>
  );
}

export interface ButtonLinkProps extends Omit<LinkProps, "class" | "current"> {
  look?: ButtonLook;
  icon?: LucideIcon;
  wide?: boolean;
}

export function ButtonLink({ href, children, look = "quiet", icon, wide = false, onClick }: ButtonLinkProps) {
  return (
    <Link href={href} class={buttonClass(look, wide)} {...(onClick ? { onClick } : {})}>
      {icon && <Icon of={icon} />}
      <span>{children}</span>
    </Link>
  );
}

export function OutsideLink({ href, children, class: name = "link" }: LinkProps) {
  return (
    <a href={href} class={name} rel="noreferrer noopener" target={/^(tel|sms|mailto):/.test(href) ? undefined : "_blank"}>
      {children}
    </a>
  );
}

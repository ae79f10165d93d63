/** How this browser calls somebody, as a person chose it. */
class AttentionSettings {
  sound = $state(read("sound") !== "off");
  /** What a person wants; the browser has to allow it too. */
  notifications = $state(read("notifications") === "on");
  /** `none`: this browser has none for this page. */
  permission = $state.raw<NotificationPermission | "none">(permissionNow());

  get notifies(): boolean {
    return this.notifications && this.permission === "granted";
  }

  setSound(isOn: boolean): void {
    this.sound = isOn;
    keep("sound", isOn);
  }

  /** Call it from a click: browsers ask a person only then. */
  async setNotifications(isOn: boolean): Promise<void> {
    this.notifications = isOn;
    if (isOn && this.permission !== "none") this.permission = await Notification.requestPermission();
    this.notifications = isOn && this.permission === "granted";
    keep("notifications", this.notifications);
  }
}

function permissionNow(): NotificationPermission | "none" {
  return "Notification" in window && isSecureContext ? Notification.permission : "none";
}

function keep(name: "sound" | "notifications", isOn: boolean): void {
  try {
    localStorage.setItem(`pier.${name}`, isOn ? "on" : "off");
  } catch {
    // Without storage it holds for this page.
  }
}

function read(name: "sound" | "notifications"): string | null {
  try {
    return localStorage.getItem(`pier.${name}`);
  } catch {
    return null;
  }
}

export const attentionSettings = new AttentionSettings();

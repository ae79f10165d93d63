/** Whether the user's messages show "Branch from here". */
class Branching {
  isOn = $state(false);

  toggle(): void {
    this.isOn = !this.isOn;
  }
}

export const branching = new Branching();

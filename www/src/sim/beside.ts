/** Which branch is shown beside the one that is looked at. */
import { create } from "zustand";
import { useCall } from "./call";

export const useBeside = create<{ branch: number | undefined }>(() => ({ branch: undefined }));

// A branch is not compared with itself, nor with one that is gone.
useCall.subscribe(({ branches, status }) => {
  const { branch } = useBeside.getState();
  if (branch !== undefined && (branch === status?.branch || !branches.some(({ id }) => id === branch))) useBeside.setState({ branch: undefined });
});

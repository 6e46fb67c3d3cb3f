/** By this a page of ours is known. */
export const PAGE_MARK = '<meta name="generator" content="kata worksheet">';

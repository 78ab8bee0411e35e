"""What is claimed: the rules, by the kind of claim that they find. Each yields drafts; `rules` says which are asked when."""

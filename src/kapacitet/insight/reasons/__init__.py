"""Why the plan is as it is: what each limit costs, each project is worth, and what else would do nearly as well."""

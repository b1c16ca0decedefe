"""What a customer may know of their own account."""

from motabot.agent.tools import CustomerTools, tool


@tool(audience="customer", effect="read")
def show_my_profile(ctx: CustomerTools) -> dict[str, object]:
    """Show the customer's own account: first name, loyalty points, tier, visits and when they usually come.

    Use it for questions such as "how many points do I have" or "when was I last in". `known` is false when the
    number belongs to no customer or to several: then say that there is no account to look at, and offer a person.
    """
    profile = ctx.one(
        "select first_name, loyalty_points, vip_status, total_visits, date_joined as member_since, last_visited,"
        " days_since_last_visit, avg_days_between_visits as usual_days_between_visits, predicted_next_visit"
        " from profile"
    )
    if profile is None:
        return {"known": False}
    if profile["last_visited"] is not None:  # the column was right on the night it was written
        today = ctx.now.astimezone(ctx.zone).date()
        profile["days_since_last_visit"] = (today - profile["last_visited"]).days
    return {"known": True, **profile}

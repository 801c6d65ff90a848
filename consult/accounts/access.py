"""Who may open what: one row a route. A route without a row is closed to everyone."""

from enum import IntEnum


class Access(IntEnum):
    """The least a caller must be. Region roles count in the region of the address only."""

    PUBLIC = 0
    STAFF = 1
    VIEWER = 2
    TRANSLATOR = 3
    FACILITATOR = 4
    ADMIN = 5
    NOBODY = 9


ACCESS: dict[str, Access] = {
    "web.static": Access.PUBLIC,
    "security.login": Access.PUBLIC,
    "security.logout": Access.PUBLIC,
    "security.verify": Access.NOBODY,
    # participant
    "responses.list_consultations": Access.PUBLIC,
    "responses.start": Access.PUBLIC,
    "responses.screen": Access.PUBLIC,
    "responses.review": Access.PUBLIC,
    "responses.thanks": Access.PUBLIC,
    "responses.receipt": Access.PUBLIC,
    "responses.later": Access.PUBLIC,
    "responses.resume": Access.PUBLIC,
    "responses.whole": Access.PUBLIC,
    "responses.show_picture": Access.PUBLIC,
    "responses.leave": Access.PUBLIC,
    "responses.media": Access.PUBLIC,
    "responses.own_voice": Access.PUBLIC,
    "responses.accessibility": Access.PUBLIC,
    "reports.results": Access.PUBLIC,
    # desk
    "consultations.change_state": Access.ADMIN,
    "invitations.show": Access.VIEWER,
    "invitations.download_code": Access.VIEWER,
    "invitations.download_poster": Access.VIEWER,
    "invitations.show_paper": Access.VIEWER,
    "invitations.help_people": Access.FACILITATOR,
    "transcripts.show": Access.TRANSLATOR,
    "transcripts.listen": Access.TRANSLATOR,
    "transcripts.save": Access.TRANSLATOR,
    "themes.home": Access.STAFF,
    "themes.list_consultations": Access.VIEWER,
    "themes.show_consultation": Access.VIEWER,
    "themes.start_analysis": Access.FACILITATOR,
    "themes.show_waiting": Access.VIEWER,
    "themes.apply_run": Access.FACILITATOR,
    "themes.discard_run": Access.FACILITATOR,
    "themes.show_job": Access.VIEWER,
    "themes.cancel_job": Access.FACILITATOR,
    "themes.list_themes": Access.VIEWER,
    "themes.show_quality": Access.VIEWER,
    "themes.measure_stability": Access.FACILITATOR,
    "themes.show_blind": Access.FACILITATOR,
    "themes.review_blind": Access.FACILITATOR,
    "themes.show_theme": Access.VIEWER,
    "themes.create_theme": Access.FACILITATOR,
    "themes.show_statement": Access.VIEWER,
    "themes.translate_statement": Access.TRANSLATOR,
    "themes.show_machine": Access.FACILITATOR,
    "themes.order_translation": Access.FACILITATOR,
    "themes.rename_theme": Access.FACILITATOR,
    "themes.merge_theme": Access.FACILITATOR,
    "themes.accept_theme": Access.FACILITATOR,
    "themes.reject_theme": Access.FACILITATOR,
    "themes.move_statements": Access.FACILITATOR,
    "themes.approve_quote": Access.FACILITATOR,
    "themes.show_personal": Access.FACILITATOR,
    "themes.decide_personal": Access.FACILITATOR,
    "themes.hide_words": Access.FACILITATOR,
    "themes.undo": Access.FACILITATOR,
    "themes.show_log": Access.VIEWER,
    "strategy.show": Access.VIEWER,
    "strategy.create": Access.FACILITATOR,
    "strategy.edit": Access.FACILITATOR,
    "strategy.draft_objectives": Access.FACILITATOR,
    "strategy.create_objective": Access.FACILITATOR,
    "strategy.edit_objective": Access.FACILITATOR,
    "strategy.delete_objective": Access.FACILITATOR,
    "strategy.create_action": Access.FACILITATOR,
    "strategy.edit_action": Access.FACILITATOR,
    "strategy.delete_action": Access.FACILITATOR,
    "strategy.create_indicator": Access.FACILITATOR,
    "strategy.edit_indicator": Access.FACILITATOR,
    "strategy.delete_indicator": Access.FACILITATOR,
    "strategy.decide_theme": Access.FACILITATOR,
    "strategy.adopt": Access.ADMIN,
    "reports.index": Access.VIEWER,
    "reports.preview": Access.VIEWER,
    "reports.release": Access.ADMIN,
    "reports.download": Access.VIEWER,
}

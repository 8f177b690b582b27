"""What one person sees when they read a case study."""

from bot.caller import Caller
from bot.case_studies.library.reading_views import reading_modal
from bot.case_studies.modals import Modal
from bot.case_studies.service import CaseStudyService


async def reading_view(service: CaseStudyService, caller: Caller, study_id: str, part: int = 0) -> Modal:
    """All that it says; while it is written, its authors see who wrote each answer.

    :raises UserError: the caller may not read it
    """
    access = await service.access(caller, study_id)
    study = await service.existing(caller, study_id)
    return reading_modal(
        study,
        service.template_of(study),
        part=part,
        own=access.is_owner,
        member=service.is_member(caller),
        writer=access.is_author,
        signed=study.published_at is None and access.may_see_changes,
    )

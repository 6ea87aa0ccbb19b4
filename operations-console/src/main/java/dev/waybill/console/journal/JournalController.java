package dev.waybill.console.journal;

import dev.waybill.defaults.paging.Page;
import dev.waybill.defaults.paging.PageRequest;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** What operators did, newest first. */
@Controller
class JournalController {

    private final JournalEntries entries;

    JournalController(JournalEntries entries) {
        this.entries = entries;
    }

    @GetMapping("/journal")
    String journal(PageRequest request, Model model) {
        Page<Entry> page = entries.newest(request);
        model.addAttribute("entries", page.items());
        model.addAttribute("next", page.next());
        return "journal";
    }
}
